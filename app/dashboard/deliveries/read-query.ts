import type { ProductKind } from "@/lib/db/schema/catalog";
import { productKinds } from "@/lib/db/schema/catalog";
import { type BoardFilter, type BoardState, boardStates } from "@/lib/deliveries/board-filter";
import type { BoardCursor } from "@/lib/deliveries/list-board";
import { cursorOf, firstOf, hrefOf, oneOf, type SearchParams } from "../parts/query";

export const boardPath = "/dashboard/deliveries";

/** The board's address: whose orders is "mine", "nobody" or somebody's id. */
export type BoardQuery = {
  state: BoardState | null;
  kind: ProductKind | null;
  person: "mine" | "nobody" | number | null;
  after?: BoardCursor;
};

/** What the address wishes, as far as it is known; `isMadeUp` when some of it is not. */
export function readQuery(params: Awaited<SearchParams>): BoardQuery & { isMadeUp: boolean } {
  const state = oneOf(params.state, boardStates);
  const kind = oneOf(params.kind, productKinds);
  const person = oneOf(params.person, ["mine", "nobody"] as const) ?? cursorOf(params.person) ?? null;
  const isMadeUp =
    firstOf(params.state) !== state ||
    firstOf(params.kind) !== kind ||
    (firstOf(params.person) !== null && person === null);
  return { state, kind, person, after: readCursor(firstOf(params.after)), isMadeUp };
}

export function boardHref(query: Partial<BoardQuery>): string {
  const { state, kind, person, after } = query;
  return hrefOf(boardPath, { state, kind, person, after });
}

export function filterOf(query: BoardQuery, staffId: number): BoardFilter & { after?: BoardCursor } {
  const { person, ...rest } = query;
  return { ...rest, person: person === "mine" ? staffId : person };
}

function readCursor(text: string | null): BoardCursor | undefined {
  const [, micros, id] = /^(\d{1,17})-([1-9]\d{0,14})$/.exec(text ?? "") ?? [];
  return micros && id ? `${Number(micros)}-${Number(id)}` : undefined;
}
