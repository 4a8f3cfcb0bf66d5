export type ReturnField = "carrier" | "trackingNo";

/** What came of a sent form: what was typed stays, each wrong field says why. */
export type ReturnState = {
  typed: Partial<Record<ReturnField, string>>;
  problems: Partial<Record<ReturnField, string>>;
  message: string | null;
};

export const untouched: ReturnState = { typed: {}, problems: {}, message: null };
