import sharp from "sharp";
import { AppError } from "@/lib/http/app-error";
import { inTurn } from "./in-turn";
import { pictureLimitPixels, pictureSidePx } from "./picture-limits";

const longestS = 30; // A legal picture takes two seconds at most, on a machine that does nothing else.

sharp.cache(false); // No two pictures share any work: the memory would only be held.

/**
 * JPEG, PNG or WebP of anybody's making as a WebP of ours: upright, no longer than `pictureSidePx`, the first frame of
 * an animation, and without what a camera writes beside the pixels, such as the place. `picture_invalid` for all else.
 */
export async function encodePicture(bytes: Uint8Array): Promise<Buffer> {
  if (!isKnownType(bytes)) throw new AppError("picture_invalid");
  return inTurn(async () => {
    try {
      // "error": several makes of phones write JPEGs that are whole and cause a warning.
      return await sharp(bytes, { failOn: "error", limitInputPixels: pictureLimitPixels })
        .timeout({ seconds: longestS })
        .autoOrient()
        .resize({ width: pictureSidePx, height: pictureSidePx, fit: "inside", withoutEnlargement: true })
        .webp({ quality: 80, alphaQuality: 80 })
        .toBuffer();
    } catch {
      throw new AppError("picture_invalid"); // Truncated, corrupt, too many pixels: sharp tells them by text alone.
    }
  });
}

/** By content, whatever a name or a header says, and before any decoder sees it. */
function isKnownType(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  return (
    start.startsWith("\xff\xd8\xff") || start.startsWith("\x89PNG\r\n\x1a\n") || /^RIFF.{4}WEBP/s.test(start)
  );
}
