/** Cuts one direction of a PostgreSQL connection (protocol 3) into whole messages, however the bytes come in. */
export type Message = { type: string; bytes: Buffer };

/** A client's first message has no type byte; everything after it, in both directions, has one. */
export function messageCutter(of: { untypedFirst: boolean }): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0);
  let untyped = of.untypedFirst;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const header = untyped ? 4 : 5;
      if (rest.length < header) return messages;
      const length = rest.readUInt32BE(header - 4) + header - 4;
      if (rest.length < length) return messages;
      messages.push({
        type: untyped ? "startup" : String.fromCharCode(rest[0] ?? 0),
        bytes: rest.subarray(0, length),
      });
      rest = rest.subarray(length);
      untyped = false;
    }
  };
}

/** Which statement a client's message is about: told by the text where it stands in it, else by the name given before. */
export function statementReader(): (message: Message) => string | null {
  const prepared = new Map<string, string>();
  return ({ type, bytes }) => {
    if (type === "Q") return textAt(bytes, 5).text;
    if (type === "P") {
      const name = textAt(bytes, 5);
      const { text } = textAt(bytes, name.next);
      prepared.set(name.text, text);
      return text;
    }
    if (type !== "B") return null;
    const portal = textAt(bytes, 5);
    return prepared.get(textAt(bytes, portal.next).text) ?? null;
  };
}

function textAt(bytes: Buffer, start: number): { text: string; next: number } {
  const end = bytes.indexOf(0, start);
  return { text: bytes.toString("utf8", start, end), next: end + 1 };
}
