import { all, type Ledger, run } from "@/lib/sandbox/ledger/open-ledger";

/** What a page asked WeChat to show of it: to a friend in a chat, or on Moments, where there is no description. */
export type ShareCard = {
  at: number;
  kind: "friend" | "moments";
  /** The page that asked. */
  page: string;
  title: string;
  description: string;
  link: string;
  picture: string;
};

const kept = 1000;

export function recordCard(ledger: Ledger, card: ShareCard): void {
  run(
    ledger,
    "INSERT INTO share_cards (at, kind, page, title, description, link, picture) VALUES (?, ?, ?, ?, ?, ?, ?)",
    card.at,
    card.kind,
    card.page,
    card.title,
    card.description,
    card.link,
    card.picture,
  );
  run(ledger, "DELETE FROM share_cards WHERE id <= (SELECT max(id) FROM share_cards) - ?", kept);
}

/** Newest first. */
export function listCards(ledger: Ledger, input: { limit: number }): ShareCard[] {
  return all<ShareCard>(
    ledger,
    "SELECT at, kind, page, title, description, link, picture FROM share_cards ORDER BY id DESC LIMIT ?",
    input.limit,
  );
}

export function forgetCards(ledger: Ledger): number {
  return run(ledger, "DELETE FROM share_cards");
}
