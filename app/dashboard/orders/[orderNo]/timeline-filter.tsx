import { useTranslations } from "next-intl";
import { type TimelineGroup, timelineGroups } from "@/lib/orders/timeline-groups";
import { hrefOf } from "../../parts/query";
import { Tabs } from "../../parts/tabs";

export const timelineSorts = ["newest", "oldest"] as const;
export type TimelineQuery = { of: TimelineGroup | null; sort: (typeof timelineSorts)[number] };

/** What of the time line is shown, and from which end: each choice is an address. */
export function TimelineFilter({ path, query }: { path: string; query: TimelineQuery }) {
  const t = useTranslations("order.timeline");
  const to = (more: Partial<TimelineQuery>) => {
    const { of, sort } = { ...query, ...more };
    return `${hrefOf(path, { of, sort: sort === "newest" ? null : sort })}#timeline`;
  };
  return (
    <div className="flex flex-wrap justify-between gap-x-6 border-line border-b px-4 py-1.5">
      <Tabs
        label={t("filter")}
        tabs={[null, ...timelineGroups].map((of) => ({
          label: t(of ?? "all"),
          href: to({ of }),
          current: of === query.of,
        }))}
      />
      <Tabs
        label={t("sort")}
        tabs={timelineSorts.map((sort) => ({
          label: t(sort),
          href: to({ sort }),
          current: sort === query.sort,
        }))}
      />
    </div>
  );
}
