import { writeFileSync } from 'node:fs';
import { sideBySide } from '../test/systems/side-by-side.ts';
import { systemsDocument } from './systems-document.ts';

writeFileSync('docs/systems.md', systemsDocument(sideBySide()));
