import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** A photograph as a phone takes it: noise, so that no two are alike, and the place where it was taken. */
export async function aPhotograph(
  of: { width?: number; height?: number; format?: "jpeg" | "png" | "webp"; orientation?: number } = {},
): Promise<Buffer> {
  return sharp({
    create: {
      width: of.width ?? 64,
      height: of.height ?? 48,
      channels: 3,
      background: "white",
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    },
  })
    .withExif({
      IFD0: { Make: "Zhanggui Phone", Artist: "Li Lei" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "30/1 16/1 0/1", GPSLongitudeRef: "E" },
    })
    .withMetadata({ orientation: of.orientation })
    .toFormat(of.format ?? "jpeg")
    .toBuffer();
}

/** A PNG of one colour that says it is this large; a few KB of it become gigabytes when decoded. */
export function aBomb(of: { width: number; height: number }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(of.width, 0);
  header.writeUInt32BE(of.height, 4);
  header[8] = 1; // One bit a pixel, grey.
  const rows = Buffer.alloc(of.height * (1 + Math.ceil(of.width / 8)));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
