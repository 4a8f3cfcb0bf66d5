// 15s/15s/30s/3m/10m/20m/30m/30m/30m/60m/3h/3h/3h/6h/6h, 24 h 4 min in all: as WeChat publishes it.
const publishedSeconds = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
] as const;

const xmlResult = {
  contentType: "text/xml",
  // Byte for byte: a BOM, a blank or a JSON wrapper makes WeChat come again.
  accepts: (answer: { status: number; body: string }) =>
    answer.status === 200 && answer.body === successAnswer,
  retrySeconds: publishedSeconds,
};

const alarm = {
  contentType: "text/xml",
  accepts: (answer: { status: number; body: string }) => answer.status === 200 && answer.body === "success",
  // Nothing is documented for alarms. Borrowed from the payments of that time: "8 times within about 30 minutes".
  retrySeconds: [15, 15, 30, 180, 300, 600, 660] as const,
};

/** How WeChat delivers each kind of message, and what it takes for a yes. */
export const notificationKinds = { payment: xmlResult, refund: xmlResult, alarm } as const;

export type NotificationKind = keyof typeof notificationKinds;

export const successAnswer =
  "<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>";

/** The first try and all that follow it. */
export function mostTries(kind: NotificationKind): number {
  return notificationKinds[kind].retrySeconds.length + 1;
}

/** How long WeChat waits after the given try (1 is the first) before it comes again. */
export function waitAfterTryMs(kind: NotificationKind, tries: number): number {
  const seconds = notificationKinds[kind].retrySeconds;
  return (seconds[Math.min(tries, seconds.length) - 1] ?? 0) * 1000;
}
