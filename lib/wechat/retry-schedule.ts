/**
 * Seconds before each repeat of a payment or refund result that was not answered with SUCCESS: 24 h 4 min
 * in all, then silence. Source: WeChat Pay APIv2 "支付结果通知", "15s/15s/30s/3m/10m/20m/…/6h/6h - 总计 24h4m".
 */
export const retryAfterSeconds = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
] as const;
