"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState, useSyncExternalStore } from "react";
import { pictureLimitBytes, pictureTypes } from "@/lib/pictures/picture-limits";

const megabytes = pictureLimitBytes / 1024 / 1024;

/** Pictures go one after the other as soon as they are chosen; without JavaScript one at a time, by the button. */
export function PictureUpload({ productId }: { productId: number }) {
  const t = useTranslations("products.pictures");
  const id = useId();
  const router = useRouter();
  const scripted = useSyncExternalStore(neverChanges, there, notThere);
  const [sending, setSending] = useState<string | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const address = `/api/import/pictures?product=${productId}`;

  async function send(files: File[]) {
    const found: string[] = [];
    setProblems([]);
    for (const [at, file] of files.entries()) {
      setSending(t("sending", { name: file.name, place: at + 1, count: files.length }));
      const reason = await sendOne(file);
      if (reason) found.push(t("problem", { name: file.name, reason }));
    }
    setSending(null);
    setProblems(found);
    router.refresh();
  }

  async function sendOne(file: File): Promise<string | null> {
    if (file.size > pictureLimitBytes) return t("tooLarge", { megabytes }); // Not a byte of it has to travel.
    const body = new FormData();
    body.set("picture", file);
    try {
      const response = await fetch(address, {
        method: "POST",
        body,
        headers: { accept: "application/json" },
      });
      return response.ok ? null : reasonIn(await response.json());
    } catch {
      return t("unreachable"); // No answer, or one that is not the shop's.
    }
  }

  return (
    <form method="post" action={address} encType="multipart/form-data" className="grid gap-2">
      <label htmlFor={id} className="text-s text-soft">
        {t("add")}
      </label>
      <input
        id={id}
        name="picture"
        type="file"
        required
        multiple={scripted}
        disabled={sending !== null}
        accept={pictureTypes.join(",")}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          send([...(target.files ?? [])]);
          target.value = ""; // So that the same file can be chosen again.
        }}
        className="field w-full max-w-full"
      />
      <p id={`${id}-hint`} className="text-s text-soft">
        {t("limits", { megabytes })}
      </p>
      {!scripted && (
        <button type="submit" className="button w-fit">
          {t("submit")}
        </button>
      )}
      <p role="status" className="text-s empty:hidden">
        {sending}
      </p>
      <div role="alert">
        {problems.map((problem) => (
          <p key={problem} className="text-danger text-s">
            {problem}
          </p>
        ))}
      </div>
    </form>
  );
}

/** The problem document says it in the reader's language: of the field where it names one. */
function reasonIn(answer: unknown): string {
  const errors = valueAt(answer, "errors");
  return String(
    valueAt(Array.isArray(errors) ? errors[0] : null, "message") ?? valueAt(answer, "title") ?? "",
  );
}

function valueAt(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : null;
}

const neverChanges = () => () => {};
const there = () => true;
const notThere = () => false;
