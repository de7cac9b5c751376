/** `npm run surface`: writes docs/surface.md, which a test compares. */
import { writeFileSync } from 'node:fs';
import { publicSurface, surfaceDocument } from './public-surface.ts';

writeFileSync('docs/surface.md', surfaceDocument(publicSurface()));
