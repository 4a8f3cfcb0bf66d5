"use client";

import "./ui/tokens.css";
import { failure as english } from "@/messages/en/common.json";
import { failure as chinese } from "@/messages/zh-CN/common.json";
import { Notice, noticeAction } from "./ui/notice";

/** The layout itself failed, and with it the choice of a language: both are shown. */
export default function GlobalFailure({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="zh-CN">
      <body>
        <title>{chinese.title}</title>
        <main role="alert">
          <Notice title={chinese.title} text={chinese.text}>
            <button type="button" className={noticeAction} onClick={() => retry()}>
              {chinese.retry}
            </button>
          </Notice>
          <p lang="en" style={{ textAlign: "center" }}>
            {english.title}. {english.text}
          </p>
        </main>
      </body>
    </html>
  );
}
