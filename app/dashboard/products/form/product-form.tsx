"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { productLimits } from "@/lib/catalog/product-limits";
import { productKinds } from "@/lib/db/schema/catalog";
import { Field, ToldAt, ToldTexts } from "./field";
import type { FormState } from "./form-state";
import { saveProduct } from "./save-product";
import { VariantRow } from "./variant-row";

type Props = {
  /** Null for one that is new. */
  productId: number | null;
  initial: FormState;
  /** The variants that orders or codes hang on; with one of them the kind is fixed. */
  usedIds: string[];
  /** What there is of each variant, by its id. */
  stocks: Record<string, number>;
  categories: { id: number; title: string }[];
};

/** All fields of a product and its variants. Without JavaScript the page comes back with what was typed and the answer. */
export function ProductForm({ productId, initial, usedIds, stocks, categories }: Props) {
  const t = useTranslations("products.form");
  const kinds = useTranslations("products.kinds");
  const [state, submit, pending] = useActionState(saveProduct, initial);
  const { typed } = state;
  const isUsed = usedIds.length > 0;
  return (
    <form action={submit} className="grid">
      {/* The first button is what Enter presses: it saves, wherever the buttons of the rows stand. */}
      <button type="submit" tabIndex={-1} aria-hidden="true" className="zg-visually-hidden" />
      <input type="hidden" name="productId" value={productId ?? ""} />
      <input type="hidden" name="version" value={state.version} />
      <input type="hidden" name="was" value={JSON.stringify(state.was)} />
      <input type="hidden" name="rows" value={typed.variants.length} />
      <input type="hidden" name="slugConfirmed" value={state.slugAsked ?? ""} />
      <Answer answer={state.answer} />
      <ToldAt value={state}>
        <div className="grid gap-4 px-4 py-3">
          <Field path="title" label={t("title")}>
            {(field) => (
              <input
                {...field}
                defaultValue={typed.title}
                maxLength={productLimits.title}
                autoComplete="off"
                className="field w-full"
              />
            )}
          </Field>
          <Field path="description" label={t("description")} hint={t("descriptionHint")}>
            {(field) => (
              <textarea
                {...field}
                defaultValue={typed.description}
                rows={5}
                maxLength={productLimits.description}
                className="field w-full"
              />
            )}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field path="kind" label={t("kind")} hint={t(isUsed ? "kindFixed" : "kindHint")}>
              {(field) =>
                isUsed ? (
                  <>
                    <input type="hidden" name="kind" value={typed.kind} />
                    <output id={field.id} className="flex min-h-10 items-center">
                      {kinds(typed.kind === "virtual" ? "virtual" : "physical")}
                    </output>
                  </>
                ) : (
                  <select key={typed.kind} {...field} defaultValue={typed.kind} className="field w-full">
                    {productKinds.map((kind) => (
                      <option key={kind} value={kind}>
                        {kinds(kind)}
                      </option>
                    ))}
                  </select>
                )
              }
            </Field>
            <Field path="slug" label={t("slug")} hint={t(productId ? "slugShared" : "slugHint")}>
              {(field) => (
                <input
                  {...field}
                  defaultValue={typed.slug}
                  maxLength={productLimits.slug}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  className="field zg-code w-full"
                />
              )}
            </Field>
            <Field path="category" label={t("category")} hint={t("categoryHint")}>
              {(field) => (
                <select
                  key={typed.category}
                  {...field}
                  defaultValue={typed.category}
                  className="field w-full"
                >
                  <option value="">{t("noCategory")}</option>
                  {categories.map(({ id, title }) => (
                    <option key={id} value={id}>
                      {title}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        </div>
        <fieldset className="border-line border-t">
          <legend className="zg-visually-hidden">{t("variants")}</legend>
          <ul className="@container">
            {typed.variants.map((row, at) => (
              <VariantRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; what is typed comes back by it.
                key={at}
                at={at}
                row={row}
                isLast={at === typed.variants.length - 1}
                isOnly={typed.variants.length === 1}
                isUsed={usedIds.includes(row.id)}
                onHand={stocks[row.id]}
              />
            ))}
          </ul>
          <div className="px-4">
            <ToldTexts path="variants" id="variants" />
          </div>
        </fieldset>
        <div className="flex flex-wrap items-center gap-3 border-line border-t px-4 py-3">
          <button
            type="submit"
            aria-disabled={pending}
            onClick={holdWhile(pending)}
            className="button primary"
          >
            {t(productId ? "save" : "create")}
          </button>
          <button
            type="submit"
            formNoValidate
            name="deed"
            value="add"
            disabled={typed.variants.length >= productLimits.variants}
            className="button"
          >
            {t("rows.add")}
          </button>
        </div>
      </ToldAt>
    </form>
  );
}

const holdWhile = (pending: boolean) => (event: { preventDefault: () => void }) => {
  if (pending) event.preventDefault();
};

function Answer({ answer }: { answer: FormState["answer"] }) {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is brought into sight once.
  useEffect(() => place.current?.focus(), [answer]);
  if (!answer) return null;
  return (
    <div
      ref={place}
      tabIndex={-1}
      role={answer.isDone ? "status" : "alert"}
      className={`mx-4 mt-3 scroll-mt-4 rounded-md border p-3 ${answer.isDone ? "border-accent bg-accent-wash" : "border-danger bg-danger-wash"}`}
    >
      <p className="font-semibold">{answer.text}</p>
      {answer.hint && <p>{answer.hint}</p>}
    </div>
  );
}
