/** The schemes that pages are shown in. */
export const schemes = ['light', 'dark'] as const;

/** Where the picture of a system's page is kept, from the folder of the repository. */
export const pictureOf = (name: string, scheme: (typeof schemes)[number]): string =>
  `docs/pictures/page-${name}-${scheme}.webp`;
