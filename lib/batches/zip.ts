import { crc32, inflateRawSync } from "node:zlib";

type Entry = { name: string; method: number; crc: number; packed: Uint8Array };

/**
 * The entries of a ZIP archive that `wants` names, inflated to at most `mostBytes` together: a bomb is given up at that
 * size. Null when it is no archive, is encrypted, or holds more. APPNOTE.TXT 4.3; no ZIP64, which starts at 4 GB.
 */
export function unzip(
  archive: Uint8Array,
  of: { wants: (name: string) => boolean; mostBytes: number },
): Map<string, Buffer> | null {
  const files = new Map<string, Buffer>();
  let left = of.mostBytes;
  try {
    for (const entry of listEntries(archive)) {
      if (!of.wants(entry.name)) continue;
      const data = inflate(entry, left);
      left -= data.length;
      if (left < 0 || files.has(entry.name) || crc32(data) !== entry.crc) return null;
      files.set(entry.name, data);
    }
  } catch {
    return null; // Cut off, lying about its sizes, or too large.
  }
  return files;
}

const [localHeader, centralHeader, endRecord] = [0x04034b50, 0x02014b50, 0x06054b50];
const mostEntries = 1_000;

function listEntries(archive: Uint8Array): Entry[] {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = findEnd(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostEntries) throw new Error("too many entries");
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let n = 0; n < count; n++) {
    if (bytes.readUInt32LE(at) !== centralHeader) throw new Error("no entry");
    const [flags, method] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
    const [crc, size] = [bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20)];
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((from) => bytes.readUInt16LE(at + from));
    const nameEnd = at + 46 + (nameSize ?? 0);
    if (flags & 1) throw new Error("encrypted");
    const local = bytes.readUInt32LE(at + 42);
    if (bytes.readUInt32LE(local) !== localHeader) throw new Error("no local header");
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (from + size > bytes.length) throw new Error("cut off");
    const name = bytes.toString("utf8", at + 46, nameEnd);
    entries.push({ name, method, crc, packed: bytes.subarray(from, from + size) });
    at = nameEnd + (extraSize ?? 0) + (commentSize ?? 0);
  }
  return entries;
}

/** Behind it stands only a comment of at most 64 KB. */
function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--)
    if (bytes.readUInt32LE(at) === endRecord) return at;
  throw new Error("no end");
}

function inflate({ method, packed }: Entry, mostBytes: number): Buffer {
  if (method === 0) return Buffer.from(packed);
  if (method !== 8) throw new Error("unknown method");
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, mostBytes) });
}

/** An archive of these files as they are, not deflated. */
export function zipStored(files: Map<string, Buffer>): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, data] of files) {
    const nameBytes = Buffer.from(name);
    const shared = Buffer.alloc(26); // Version, flags, method, time, crc, sizes, name: alike in both headers.
    shared.writeUInt16LE(20, 0);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(centralHeader, 0);
    entry.writeUInt16LE(20, 4);
    shared.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    central.push(entry, nameBytes);
    const header = Buffer.alloc(4);
    header.writeUInt32LE(localHeader, 0);
    parts.push(header, shared, nameBytes, data);
    at += 30 + nameBytes.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endRecord, 0);
  end.writeUInt16LE(files.size, 8);
  end.writeUInt16LE(files.size, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, directory, end]));
}
