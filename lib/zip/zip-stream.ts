import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

/** `isPacked`: already small, as pictures are. */
export type ZipFile = { name: string; bytes: Uint8Array; isPacked?: true };

/** A ZIP archive that is made while it is read: one file in memory at a time, however many there are. */
export function zipStream(files: AsyncIterable<ZipFile>): ReadableStream<Uint8Array> {
  const next = files[Symbol.asyncIterator]();
  let made: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    made.push(chunk);
  });
  return new ReadableStream({
    async pull(controller) {
      const { value: file, done } = await next.next();
      if (done) zip.end();
      else {
        const entry = file.isPacked ? new ZipPassThrough(file.name) : new ZipDeflate(file.name, { level: 6 });
        zip.add(entry);
        entry.push(file.bytes, true);
      }
      for (const chunk of made) controller.enqueue(chunk);
      made = [];
      if (done) controller.close();
    },
    async cancel() {
      await next.return?.();
    },
  });
}
