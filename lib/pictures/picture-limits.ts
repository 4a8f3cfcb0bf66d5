/** Design §6.7: files are rows of at most 5 MB, and as much is taken in. */
export const pictureLimitBytes = 5 * 1024 * 1024;

/** A photograph of 50 million pixels is the largest that fits in 5 MB; decoding it takes up to half a gigabyte. */
export const pictureLimitPixels = 51_000_000;

/** The longer side of what is kept: enough to read a label in a photograph of a parcel. */
export const pictureSidePx = 1600;

/** What browsers and WeChat's own camera send. iPhones turn HEIC into JPEG when a page asks for these. */
export const pictureTypes = ["image/jpeg", "image/png", "image/webp"] as const;
