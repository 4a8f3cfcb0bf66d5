import { useTranslations } from "next-intl";
import type { SavedView } from "@/lib/views/list-views";
import { ActionForm, ActionPanel } from "../parts/action-panel";
import { CheckField, Submit } from "../parts/form-fields";
import { Panel } from "../parts/panel";
import { actOnViews } from "./act-on-views";
import { type ListAddress, listQuery } from "./list-address";
import { ViewName } from "./view-name";

/** Keeps the address as it is under a name, and takes names away. */
export function ViewsPanel({
  address,
  views,
  mayTidy,
}: {
  address: ListAddress;
  views: SavedView[];
  /** Whether the viewer may take away what others share. */
  mayTidy: boolean;
}) {
  const t = useTranslations("lists.views");
  const mine = views.filter(({ isOwn }) => isOwn || mayTidy);
  return (
    <Panel label={t("save")}>
      <div className="grid gap-4 p-4 min-[720px]:w-[24rem]">
        <ActionPanel action={actOnViews}>
          <ActionForm form="save" fields={{ query: String(new URLSearchParams(listQuery(address))) }}>
            <ViewName label={t("name")} hint={t("nameHint")} />
            <CheckField name="shared" label={t("share")} />
            <Submit primary>{t("save")}</Submit>
          </ActionForm>
          {mine.length > 0 && (
            <section aria-labelledby="views-title">
              <h2 id="views-title" className="border-line border-t pt-3">
                {t("kept")}
              </h2>
              <ul className="mt-1 max-h-64 overflow-y-auto">
                {mine.map((view) => (
                  <li key={view.id} className="flex items-center justify-between gap-3 py-1">
                    <span className="min-w-0">
                      {view.name}{" "}
                      <span className="text-s text-soft">
                        {view.isOwn ? view.isShared && t("shared") : t("by", { person: view.person })}
                      </span>
                    </span>
                    <ActionForm form="delete" fields={{ id: String(view.id) }} className="shrink-0">
                      <Submit label={t("deleteOne", { name: view.name })}>{t("delete")}</Submit>
                    </ActionForm>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </ActionPanel>
      </div>
    </Panel>
  );
}
