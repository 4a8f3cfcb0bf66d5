"use client";

import { useContext } from "react";
import { FailureTexts } from "@/app/ui/failure-texts";
import { Notice, noticeAction } from "@/app/ui/notice";

/** What staff see when a page throws; the log has the rest. */
export default function DeskFailure({ retry }: { error: unknown; retry: () => void }) {
  const words = useContext(FailureTexts);
  if (!words) return null;
  return (
    <div role="alert">
      <Notice title={words.title} text={words.text}>
        <button type="button" className={noticeAction} onClick={() => retry()}>
          {words.retry}
        </button>
        <a className={noticeAction} href="/dashboard">
          {words.home}
        </a>
      </Notice>
    </div>
  );
}
