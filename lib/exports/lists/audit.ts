import { actionKey } from "@/lib/audit/action-key";
import { readAuditFilter } from "@/lib/audit/audit-filter";
import { type ListedEntry, listEntries } from "@/lib/audit/list-entries";
import { auditActions } from "@/lib/audit/write-entry";
import { everyPage, exportedList, exportPageSize } from "../exported-list";

export const auditList = exportedList<ListedEntry>({
  permission: "audit.read",
  typed: ["about"],
  columns: {
    id: (row) => row.id,
    at: (row) => row.at,
    person: (row, { words }) => row.person ?? words.exports.commandLine,
    action: (row, { words }) => {
      const known = auditActions.find((action) => action === row.action);
      return known ? words.desk.audit[actionKey(known)] : row.action;
    },
    actionCode: (row) => row.action,
    subject: (row) => row.subject,
    subjectId: (row) => row.subjectId,
    orderNo: (row) => row.orderNo,
    address: (row) => row.address,
    before: (row) => row.before && JSON.stringify(row.before),
    after: (row) => row.after && JSON.stringify(row.after),
    sealNo: (row) => row.sealNo,
    hash: (row) => row.hash,
  },
  read(shop, query) {
    const { filter, madeUp } = readAuditFilter(query);
    const pages = everyPage(async (before?: number) => {
      const { entries: rows, older: next } = await listEntries(shop, filter, {
        before,
        size: exportPageSize,
      });
      return { rows, next };
    });
    return { madeUp, pages };
  },
});
