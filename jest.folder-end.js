export { removeFolder as default } from './jest.folder.js';
