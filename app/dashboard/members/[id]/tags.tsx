import Link from "next/link";
import { useTranslations } from "next-intl";
import { mostTags, tagLength } from "@/lib/members/tag-member";
import { ActionForm } from "../../parts/action-panel";
import { Submit, TextField } from "../../parts/form-fields";
import { hrefOf } from "../../parts/query";

type Props = { memberId: number; tags: string[]; known: string[]; mayEdit: boolean };

/** Each leads to everybody who bears it. */
export function Tags({ memberId, tags, known, mayEdit }: Props) {
  const t = useTranslations("members.one.tags");
  const fields = { memberId: String(memberId) };
  return (
    <div className="grid gap-3 px-4 py-3">
      {tags.length === 0 ? (
        <p className="text-soft">{t("none")}</p>
      ) : (
        <ul className="grid gap-1">
          {tags.map((tag) => (
            <li key={tag} className="flex items-baseline justify-between gap-3">
              <Link
                className="min-w-0 break-all"
                href={hrefOf("/dashboard/members", { tag })}
                prefetch={false}
              >
                {tag}
              </Link>
              {mayEdit && (
                <ActionForm form={`untag:${tag}`} fields={{ ...fields, tag }} className="shrink-0">
                  <Submit>
                    {t.rich("remove", {
                      tag,
                      unseen: (text) => <span className="zg-visually-hidden">{text}</span>,
                    })}
                  </Submit>
                </ActionForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayEdit && tags.length < mostTags && (
        <ActionForm key={tags.length} form="tag" fields={fields}>
          <TextField
            name="tag"
            label={t("add")}
            hint={t("hint", { length: tagLength })}
            maxLength={tagLength}
            required
            autoComplete="off"
            suggestions={known.filter((tag) => !tags.includes(tag))}
          />
          <Submit>{t("submit")}</Submit>
        </ActionForm>
      )}
    </div>
  );
}
