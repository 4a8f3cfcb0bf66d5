import { crc32, createDeflateRaw } from "node:zlib";
import { Zip, type ZipInputFile, ZipPassThrough } from "fflate";

/**
 * A ZIP archive that hands out its bytes as soon as they are known. What grows is deflated off the event loop: fflate's
 * own would hold a request up for 15 ms every 500 rows (measured), and node has no archives.
 */
export function openArchive() {
  const encoder = new TextEncoder();
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    ready.push(bytes);
  });
  return {
    addWhole(name: string, text: string): void {
      const file = new ZipPassThrough(name);
      zip.add(file);
      file.push(encoder.encode(text), true);
    },
    /** The file that comes last; `write` resolves when the text is packed. */
    addGrowing(name: string): { write: (text: string) => Promise<void>; end: () => Promise<void> } {
      const file: ZipInputFile = { filename: name, compression: 8, size: 0, crc: 0 };
      zip.add(file);
      const deflate = createDeflateRaw();
      deflate.on("data", (bytes: Buffer<ArrayBuffer>) => file.ondata?.(null, bytes, false));
      return {
        write(text) {
          const bytes = encoder.encode(text);
          file.size += bytes.length;
          file.crc = crc32(bytes, file.crc);
          return new Promise((resolve, reject) =>
            deflate.write(bytes, (error) => (error ? reject(error) : resolve())),
          );
        },
        end: () =>
          new Promise((resolve, reject) => {
            deflate.once("error", reject);
            deflate.once("end", () => {
              file.ondata?.(null, new Uint8Array(), true);
              resolve();
            });
            deflate.end();
          }),
      };
    },
    end: () => zip.end(),
    take(): Uint8Array[] {
      const bytes = ready;
      ready = [];
      return bytes;
    },
  };
}
