import { useTranslations } from "next-intl";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { pictureLimitBytes, pictureTypes } from "@/lib/pictures/picture-limits";
import styles from "./refund.module.css";
import { useUploads } from "./use-uploads";

/** A few pictures, each sent as soon as it is chosen. There only once a script can send them. */
export function PictureField({
  most,
  problem,
  onUploading,
}: {
  most: number;
  problem: string | undefined;
  onUploading: (uploading: boolean) => void;
}) {
  const t = useTranslations("shop.refundForm");
  const scripted = useSyncExternalStore(neverChanges, there, notThere);
  const { pictures, uploading, problems, add, remove } = useUploads({ most });
  const input = useRef<HTMLInputElement>(null);
  const busy = uploading !== null;

  useEffect(() => onUploading(busy), [busy, onUploading]);

  return (
    <fieldset className={styles.group}>
      <legend className="weui-cells__title">{t("pictures")}</legend>
      <noscript>
        <p className={styles.small}>{t("picturesNoScript")}</p>
      </noscript>
      {scripted && (
        <>
          <ul className={styles.pictures}>
            {pictures.map((name, index) => (
              <li key={name} className={styles.tile}>
                <input type="hidden" name="pictures" value={name} />
                {/* biome-ignore lint/performance/noImgElement: the buyer's own picture, served once. */}
                <img
                  src={`/api/refund/pictures/${name}`}
                  alt={t("pictureAlt", { place: index + 1 })}
                  width={88}
                  height={88}
                />
                <button type="button" onClick={() => removeAt(name)} disabled={busy}>
                  <span aria-hidden="true">×</span>
                  <span className="zg-visually-hidden">{t("removePicture", { place: index + 1 })}</span>
                </button>
              </li>
            ))}
            {pictures.length < most && (
              <li className={styles.tile}>
                <label className={styles.add} data-busy={busy ? "" : undefined}>
                  <span>{busy ? t("sending") : t("addPicture")}</span>
                  <input
                    ref={input}
                    type="file"
                    className="zg-visually-hidden"
                    accept={pictureTypes.join(",")}
                    multiple
                    disabled={busy}
                    aria-describedby="pictures-hint"
                    onChange={({ target }) => {
                      add([...(target.files ?? [])]);
                      target.value = ""; // So that the same file can be chosen again.
                    }}
                  />
                </label>
              </li>
            )}
          </ul>
          <p id="pictures-hint" className={styles.small}>
            {t("picturesText", { most, megabytes: pictureLimitBytes / 1024 / 1024 })}
          </p>
          <p className="zg-visually-hidden" role="status">
            {uploading && t("uploading", { name: uploading })}
          </p>
          <div role="alert">
            {problem && <p className={styles.problem}>{problem}</p>}
            {problems.map(({ id, fileName, reason }) => (
              <p key={id} className={styles.problem}>
                {fileName ? t("pictureProblem", { name: fileName, reason }) : reason}
              </p>
            ))}
          </div>
        </>
      )}
    </fieldset>
  );

  function removeAt(name: string) {
    remove(name);
    input.current?.focus();
  }
}

const neverChanges = () => () => {};
const there = () => true;
const notThere = () => false;
