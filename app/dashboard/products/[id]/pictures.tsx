import { useTranslations } from "next-intl";
import { productLimits } from "@/lib/catalog/product-limits";
import { sourcesOf } from "@/lib/pictures/picture-address";
import { ActionForm } from "../../parts/action-panel";
import { Submit } from "../../parts/form-fields";
import { PictureUpload } from "./picture-upload";

type Props = { product: { id: number; title: string; images: string[] }; mayEdit: boolean };

/** The pictures in the order in which buyers see them; each can be moved or taken off at once. */
export function Pictures({ product, mayEdit }: Props) {
  const t = useTranslations("products.pictures");
  const { id, title, images } = product;
  return (
    <div className="grid gap-3 px-4 py-3">
      {images.length === 0 && <p className="text-soft">{t(mayEdit ? "noneYet" : "none")}</p>}
      {images.length > 0 && (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-2">
          {images.map((image, at) => (
            <li key={image} className="grid content-start gap-1">
              {/* biome-ignore lint/performance/noImgElement: pictures are kept in each size and served as they are. */}
              <img
                {...{ src: image, srcSet: sourcesOf(image), sizes: sourcesOf(image) && "10rem" }}
                alt={t("alt", { title, place: at + 1 })}
                width={160}
                height={160}
                loading="lazy"
                decoding="async"
                className="aspect-square h-auto w-full rounded-md border border-line bg-sunk object-cover"
              />
              {at === 0 && <p className="text-s text-soft">{t("leads")}</p>}
              {mayEdit && (
                <ActionForm
                  form="picture"
                  fields={{ productId: String(id), image }}
                  className="flex flex-wrap gap-1"
                >
                  {at > 0 && (
                    <Submit name="deed" value="earlier" label={t("earlier", { place: at + 1 })}>
                      ←
                    </Submit>
                  )}
                  {at < images.length - 1 && (
                    <Submit name="deed" value="later" label={t("later", { place: at + 1 })}>
                      →
                    </Submit>
                  )}
                  <Submit name="deed" value="remove" label={t("remove", { place: at + 1 })}>
                    ×
                  </Submit>
                </ActionForm>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayEdit &&
        (images.length < productLimits.pictures ? (
          <PictureUpload productId={id} />
        ) : (
          <p className="text-s text-soft">{t("full", { most: productLimits.pictures })}</p>
        ))}
    </div>
  );
}
