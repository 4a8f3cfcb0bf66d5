import { type ListedMember, listMembers } from "@/lib/members/list-members";
import { readMemberFilter } from "@/lib/members/member-filter";
import { everyPage, exportedList, exportPageSize } from "../exported-list";

/** No names and no phones: whom a member's orders went to stands in the list of orders, for who may reveal it. */
export const memberList = exportedList<ListedMember>({
  permission: "members.read",
  typed: ["q", "tag"],
  columns: {
    memberId: (row) => row.id,
    kind: (row, { words }) => words.members.is[row.erasedAt ? "erased" : row.isGuest ? "guest" : "wechat"],
    blockedAt: (row) => row.blockedAt,
    tags: (row) => row.tags.join("\n"),
    orders: (row) => row.orders,
    paidFen: (row) => ({ fen: row.paidFen }),
    lastOrderNo: (row) => row.lastOrder?.orderNo ?? null,
    lastOrderAt: (row) => row.lastOrder?.createdAt ?? null,
    createdAt: (row) => row.createdAt,
  },
  read(shop, query) {
    const { filter, madeUp } = readMemberFilter(query);
    const pages = everyPage(async (before?: number) => {
      const { members: rows, older: next } = await listMembers(shop, filter, {
        before,
        size: exportPageSize,
      });
      return { rows, next };
    });
    return { madeUp, pages };
  },
});
