import { useTranslations } from "next-intl";
import { useState } from "react";
import { pictureLimitBytes } from "@/lib/pictures/picture-limits";

export type UploadProblem = { id: string; fileName: string | null; reason: string };

/** Sends pictures one after the other; what was refused is told by the file's name, the others stay. */
export function useUploads({ most }: { most: number }) {
  const t = useTranslations("shop.refundForm");
  const [pictures, setPictures] = useState<string[]>([]);
  const [uploading, setUploading] = useState<string | null>(null);
  const [problems, setProblems] = useState<UploadProblem[]>([]);

  async function add(files: File[]) {
    const found: UploadProblem[] = [];
    const sent = [...pictures];
    const complain = (fileName: string | null, reason: string) =>
      found.push({ id: `${found.length} ${fileName}`, fileName, reason });
    setProblems([]);
    for (const [index, file] of files.entries()) {
      if (sent.length >= most) {
        complain(null, t("pictureTooMany", { most }));
        break;
      }
      setUploading(file.name || String(index + 1));
      const answer = await send(file);
      if ("reason" in answer) complain(file.name, answer.reason);
      else if (!sent.includes(answer.name)) sent.push(answer.name); // The same picture again has the same name.
      setPictures([...sent]);
    }
    setUploading(null);
    setProblems(found);
  }

  async function send(file: File): Promise<{ name: string } | { reason: string }> {
    const tooLarge = { reason: t("pictureTooLarge", { megabytes: pictureLimitBytes / 1024 / 1024 }) };
    if (file.size > pictureLimitBytes) return tooLarge; // Not a byte of it has to travel.
    const body = new FormData();
    body.set("picture", file);
    try {
      const response = await fetch("/api/refund/pictures", { method: "POST", body });
      const answer: unknown = await response.json();
      if (response.ok && hasText(answer, "name")) return { name: answer.name };
      if (response.status === 413) return tooLarge;
      if (hasText(answer, "title")) return { reason: answer.title }; // In the buyer's language already.
    } catch {
      // No answer, or one that is not the shop's.
    }
    return { reason: t("pictureUnreachable") };
  }

  function remove(name: string) {
    setPictures((now) => now.filter((one) => one !== name));
    setProblems([]);
  }

  return { pictures, uploading, problems, add, remove };
}

function hasText<Name extends string>(value: unknown, name: Name): value is Record<Name, string> {
  return typeof value === "object" && value !== null && typeof Reflect.get(value, name) === "string";
}
