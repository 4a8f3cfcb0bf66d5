import { type Parameters, readParameters } from "@/lib/http/read-parameters";

/** A guest is known by a cookie only, everybody else by one or more openids. */
export const memberKinds = ["wechat", "guest"] as const;
export const memberStates = ["blocked", "erased"] as const;
export const memberSorts = ["newest", "lastOrder"] as const;

/** Which members the list shows, and in which order. Null means all. */
export type MemberFilter = {
  kind: (typeof memberKinds)[number] | null;
  state: (typeof memberStates)[number] | null;
  tag: string | null;
  /** Only who has ordered; those by the last order have, all of them. */
  hasOrders: boolean;
  /** What was typed into the search, see `membersNamed`. */
  q: string | null;
  sort: (typeof memberSorts)[number];
};

export const allMembers: MemberFilter = {
  ...{ kind: null, state: null, tag: null, hasOrders: false, q: null, sort: "newest" },
};

/** The filter that an address asks for; what is made up is left out of it, and the parameter named in `madeUp`. */
export function readMemberFilter(query: Parameters): { filter: MemberFilter; madeUp: string[] } {
  const { madeUp, read, oneOf } = readParameters(query);
  const filter: MemberFilter = {
    kind: oneOf("kind", memberKinds),
    state: oneOf("state", memberStates),
    tag: read("tag", short),
    hasOrders: oneOf("orders", ["yes"]) !== null,
    q: read("q", short),
    sort: oneOf("sort", memberSorts) ?? "newest",
  };
  return { filter, madeUp };
}

/** The parameters of an address that asks for this filter: one spelling each, and none for what is not filtered. */
export function writeMemberFilter({ hasOrders, sort, ...words }: MemberFilter): Record<string, string> {
  const query = { ...words, orders: hasOrders ? "yes" : null, sort: sort === "newest" ? null : sort };
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

const textAtMost = 64;

function short(text: string): string | null {
  return text.length <= textAtMost && text.isWellFormed() ? text : null;
}
