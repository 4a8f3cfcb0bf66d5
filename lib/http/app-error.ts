/**
 * Every expected refusal, with its HTTP status. The codes are part of the API: outsiders branch on them.
 * Their texts are `messages/<locale>/problems.json`, one per code.
 */
export const problemStatus = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  order_expired: 409,
  order_expiring: 409,
  order_closed: 409,
  already_paid: 409,
  payment_disputed: 409,
  out_of_stock: 409,
  too_many_unpaid: 409,
  openid_required: 409,
  not_cancellable: 409,
  not_refundable: 409,
  payment_too_old: 409,
  refund_decided: 409,
  second_person_needed: 409,
  undo_too_late: 409,
  refund_not_sending: 409,
  purse_not_changeable: 409,
  receipt_decided: 409,
  not_shippable: 409,
  already_shipped: 409,
  refund_underway: 409,
  parcel_recorded: 409,
  delivery_ended: 409,
  delivery_reported: 409,
  delivery_given: 409,
  delivery_refunded: 409,
  delivery_undo_over: 409,
  report_not_refused: 409,
  nothing_to_report: 409,
  deadline_ended: 409,
  no_codes_left: 409,
  codes_not_comparable: 409,
  content_unreadable: 409,
  not_receivable: 409,
  not_remindable: 409,
  batch_decided: 409,
  alarm_resolved: 409,
  busy: 409,
  demo_not_empty: 409,
  body_too_large: 413,
  idempotency_key_reused: 422,
  recipient_required: 422,
  recipient_invalid: 422,
  product_unavailable: 422,
  mixed_kinds: 422,
  total_too_large: 422,
  refund_exceeds_payment: 422,
  refund_exceeds_request: 422,
  refund_exceeds_order: 422,
  too_many_refunds: 422,
  reason_required: 422,
  nothing_to_ship: 422,
  ships_too_much: 422,
  delivery_kind_invalid: 422,
  carrier_unknown: 422,
  tracking_invalid: 422,
  phone_tail_required: 422,
  deadline_invalid: 422,
  content_invalid: 422,
  file_unreadable: 422,
  person_unknown: 422,
  order_unknown: 422,
  sign_in_refused: 422,
  picture_invalid: 422,
  setting_invalid: 422,
  too_many_requests: 429,
  internal: 500,
  wechat_unavailable: 502,
  wechat_refused: 503,
  database_unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** A field the caller can mend: `path` as in the body, `code` a key of `problems.fields`. */
export type FieldProblem = { path: string; code: string };

/** An expected outcome that ends a request. `facts` become members of the problem document: never secrets or personal data. */
export class AppError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly facts: Record<string, unknown> & { errors?: FieldProblem[]; retryAfterS?: number } = {},
  ) {
    super(code);
    this.name = "AppError";
  }
}
