import type { ReactNode } from "react";

export function PageHeading({
  title,
  note,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
      <div>
        <h1 className="text-xl">{title}</h1>
        {note && <p className="mt-1 max-w-[60em] text-soft text-s">{note}</p>}
      </div>
      {children}
    </div>
  );
}

export function Section({ title, children, id }: { title: string; children: ReactNode; id: string }) {
  return (
    <section aria-labelledby={id} className="sheet min-w-0">
      <h2 id={id} className="border-line border-b px-4 py-2.5 text-m">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** A list with nothing in it says why, and what to do. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="px-4 py-10 text-center">
      <p className="font-semibold">{title}</p>
      {children && <p className="mx-auto mt-1 max-w-[34em] text-soft">{children}</p>}
    </div>
  );
}
