import { expect, test } from '@jest/globals';
import { shortImage } from '../../../../src/review/graph/content/short-image.ts';

test.each([
  [`ghcr.io/acme/api:1.4.0@sha256:5ea4c${'0'.repeat(59)}`, 'ghcr.io/acme/api:1.4.0@sha256:5ea4c0000000'],
  [`ghcr.io/acme/api@sha256:${'ab'.repeat(32)}`, 'ghcr.io/acme/api@sha256:abababababab'],
  ['nats:2.10', 'nats:2.10'],
])('a picture names %s by %s', (image, short) => {
  expect(shortImage(image)).toBe(short);
});
