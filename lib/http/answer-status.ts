import { AsyncLocalStorage } from "node:async_hooks";

type Answer = { statusCode: number; headersSent: boolean };

/** Handles a request whose page may say with which status it is answered. */
export function withAnswer<T>(answer: Answer, handle: () => T): T {
  return answers().run(answer, handle);
}

/**
 * Answers with this status and the page as it is drawn. Next knows only `notFound()`, whose document is empty until a
 * script fills it. Says nothing once the head of the answer is on its way.
 */
export function setAnswerStatus(status: number): void {
  const answer = answers().getStore();
  if (answer && !answer.headersSent) answer.statusCode = status;
}

/** One for the server and for the pages, which Next bundles apart from it. */
function answers(): AsyncLocalStorage<Answer> {
  const held = globalThis as { zhangguiAnswers?: AsyncLocalStorage<Answer> };
  held.zhangguiAnswers ??= new AsyncLocalStorage();
  return held.zhangguiAnswers;
}
