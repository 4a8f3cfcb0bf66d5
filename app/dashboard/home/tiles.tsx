import Link from "next/link";
import { useTranslations } from "next-intl";
import { LinkPending } from "../parts/link-pending";
import { Mark } from "../parts/mark";
import type { Task } from "./read-tasks";
import { TaskHint, useCounted } from "./task-words";

/** What needs a hand now: a number each, which leads to its list. What needs none is one quiet line. */
export function Tiles({ tasks, now }: { tasks: Task[]; now: Date }) {
  const t = useTranslations("home");
  const counted = useCounted();
  const [some, none] = [tasks.filter(({ count }) => count > 0), tasks.filter(({ count }) => count === 0)];
  return (
    <>
      {some.length === 0 && (
        <div className="sheet px-4 py-5">
          <p className="font-semibold">{t("calm.title")}</p>
          <p className="text-soft">{t("calm.text")}</p>
        </div>
      )}
      <ul className="grid gap-2 sm:grid-cols-2 sm:gap-3 xl:grid-cols-3 2xl:grid-cols-4">
        {some.map((task) => (
          <li key={task.name} className="min-w-0">
            <Link
              href={task.href}
              prefetch={false}
              className="sheet relative flex h-full flex-col gap-0.5 px-4 py-3 text-ink no-underline hover:border-line-strong"
            >
              <LinkPending />
              <span className="flex items-start justify-between gap-4">
                <span className="font-semibold">{t(`tasks.${task.name}.label`)}</span>
                <span className="zg-number text-xl leading-tight font-semibold">{counted(task.count)}</span>
              </span>
              <span className="text-s">
                <Mark shape={task.look[0]} tone={task.look[1]}>
                  <span className="whitespace-normal">
                    <TaskHint task={task} now={now} />
                  </span>
                </Mark>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {none.length > 0 && some.length > 0 && (
        <p className="mt-2 flex flex-wrap gap-x-3 text-s text-soft">
          <span>{t("none")}</span>
          {none.map((task) => (
            <Link key={task.name} href={task.href} prefetch={false} className="quiet">
              {t(`tasks.${task.name}.label`)}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}
