"use client";

import { useContext } from "react";
import { FailureTexts } from "./ui/failure-texts";
import { Notice, noticeAction } from "./ui/notice";

/** What a visitor sees when a page throws: the fault is logged on the server, the words say what is safe. */
export default function Failure({ retry }: { error: unknown; retry: () => void }) {
  const words = useContext(FailureTexts);
  if (!words) return null;
  return (
    <main role="alert">
      <title>{words.title}</title>
      <Notice title={words.title} text={words.text}>
        <button type="button" className={noticeAction} onClick={() => retry()}>
          {words.retry}
        </button>
        <a className={noticeAction} href="/">
          {words.home}
        </a>
      </Notice>
    </main>
  );
}
