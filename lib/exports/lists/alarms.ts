import { knownKind } from "@/lib/alarms/kinds";
import { type ListedAlarm, listAlarms } from "@/lib/alarms/list-alarms";
import { alarmStatuses } from "@/lib/alarms/state";
import { readParameters } from "@/lib/http/read-parameters";
import { everyPage, exportedList, exportPageSize } from "../exported-list";

export const alarmList = exportedList<ListedAlarm>({
  permission: "alarms.read",
  columns: {
    id: (row) => row.id,
    title: (row, { words }) => {
      const kind = knownKind(row);
      if (kind) return words.alarms.kinds[kind].title;
      const unknown = words.alarms.kinds.wechat.title;
      return unknown.replace("{type}", row.kind);
    },
    source: (row, { words }) => words.alarms.filters.sources[row.source],
    status: (row, { words }) => words.desk.alarmStatus[row.status],
    count: (row) => row.count,
    raisedAt: (row) => row.raisedAt,
    lastRaisedAt: (row) => row.lastRaisedAt,
    orderNos: (row) => row.orderNos.join(" "),
    assignee: (row) => row.assigneeName,
    acknowledgedAt: (row) => row.acknowledgedAt,
    acknowledger: (row) => row.acknowledgerName,
    note: (row) => row.note,
    resolvedAt: (row) => row.resolvedAt,
    resolver: (row) => row.resolverName,
    resolution: (row) => row.resolution,
  },
  read(shop, query, { staffId }) {
    const { madeUp, oneOf, read } = readParameters(query);
    const state = oneOf("state", alarmStatuses) ?? "open";
    const kind = read("kind", (text) => text);
    const source = oneOf("source", ["wechat", "shop"] as const);
    const person = read("person", (text) => (/^(me|nobody|[1-9]\d{0,14})$/.test(text) ? text : null));
    const assignedTo = person === "me" ? staffId : person === "nobody" ? null : Number(person ?? 0);
    const pages = everyPage(async (before?: number) => {
      const filter = { state, kind, source, assignedTo, before, size: exportPageSize };
      const { alarms: rows, older: next } = await listAlarms(shop, filter);
      return { rows, next };
    });
    return { madeUp, pages };
  },
});
