import type { TradeType } from "@/lib/db/schema/payments";

const key = (orderNo: string) => `zhanggui:paying:${orderNo}`;

/** Remembers, over leaving the page, that the buyer was about to pay; `taken` once, so that nothing goes in a circle. */
export function rememberPaying(orderNo: string, way: TradeType): void {
  try {
    sessionStorage.setItem(key(orderNo), way);
  } catch {
    // Storage may be switched off: then the buyer presses again.
  }
}

export function takePaying(orderNo: string): string | null {
  try {
    const way = sessionStorage.getItem(key(orderNo));
    sessionStorage.removeItem(key(orderNo));
    return way;
  } catch {
    return null;
  }
}
