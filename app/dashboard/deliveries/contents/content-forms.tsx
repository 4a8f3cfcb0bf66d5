import { useTranslations } from "next-intl";
import { contentKinds } from "@/lib/db/schema/deliveries";
import { mostCodes } from "@/lib/deliveries/add-codes";
import type { ListedContent } from "@/lib/deliveries/list-contents";
import { longestContent } from "@/lib/deliveries/virtual-content";
import { ActionForm } from "../../parts/action-panel";
import { CheckField, RadioField, Submit, TextArea } from "../../parts/form-fields";

const mostTyped = 600_000; // Ten thousand codes of some length; what one form can carry.

/** Setting what it is delivered as, and adding codes. Neither shows what is stored. */
export function ContentForms({ content }: { content: ListedContent }) {
  const t = useTranslations("desk.contents");
  const fields = { sku: content.sku, title: content.title };
  const choices = [...contentKinds, "none" as const].map((value) => ({ value, label: t(`kinds.${value}`) }));
  return (
    <div className="grid gap-2 sm:min-w-[18em]">
      <details className="rounded-md border border-line">
        <summary className="cursor-pointer px-3 py-2">{t("set.open")}</summary>
        <ActionForm form={`set:${content.variantId}`} fields={fields} className="grid gap-3 px-3 pt-1 pb-3">
          <RadioField name="kind" label={t("set.how")} initial={content.kind ?? "none"} choices={choices} />
          <TextArea
            name="text"
            label={t("set.text")}
            hint={t("set.hint", { most: longestContent })}
            rows={3}
            maxLength={longestContent}
          />
          {content.waiting > 0 && <p className="text-s">{t("set.waiting", { count: content.waiting })}</p>}
          <Submit primary>{t("set.submit")}</Submit>
        </ActionForm>
      </details>
      <details className="rounded-md border border-line">
        <summary className="cursor-pointer px-3 py-2">{t("add.open")}</summary>
        <ActionForm form={`add:${content.variantId}`} fields={fields} className="grid gap-3 px-3 pt-1 pb-3">
          <TextArea
            name="codes"
            label={t("add.codes")}
            hint={t("add.hint", { most: mostCodes })}
            rows={5}
            maxLength={mostTyped}
            spellCheck={false}
            required
          />
          {content.uncomparable > 0 && (
            <CheckField name="areNew" label={t("add.areNew", { count: content.uncomparable })} />
          )}
          <Submit primary>{t("add.submit")}</Submit>
        </ActionForm>
      </details>
    </div>
  );
}
