/** An image as a picture names it: a whole digest says no more than its first twelve digits, and is wider than everything around it. */
export const shortImage = (image: string): string => image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1');
