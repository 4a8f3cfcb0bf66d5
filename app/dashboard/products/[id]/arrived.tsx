import { getLocale, getTranslations } from "next-intl/server";
import { problemOf } from "@/lib/batches/verdict";
import { fieldText, problemText } from "@/lib/http/problem";

/** What brought somebody here: a product just created, or a picture that was not taken, sent without a script. */
export async function Arrived({ done, problem }: { done: string | null; problem: string | null }) {
  const t = await getTranslations("products.form");
  if (done === "created")
    return (
      <p role="status" className="mb-3 rounded-md border border-accent bg-accent-wash p-3 font-semibold">
        {t("created")}
      </p>
    );
  if (!problem) return null;
  const locale = await getLocale();
  const text =
    problem === "productPictures"
      ? fieldText(locale, { path: "pictures", code: problem })
      : problemText(locale, problemOf(problem));
  return (
    <p role="alert" className="mb-3 rounded-md border border-danger bg-danger-wash p-3 font-semibold">
      {text}
    </p>
  );
}
