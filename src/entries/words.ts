/**
 * What the package exports under its own name and nearly every project takes: all of `model.ts` that is no type, but for the types of
 * settings, which few use and every start would read.
 */
export { fromDatabase, podNamespace, secret } from '../model/container.ts';
export { k3sDns, k3sTraefik } from '../model/environment.ts';
export { host, port, text, unprefixedHost } from '../model/formats/text.ts';
export { applicationBranch, environmentBranch } from '../model/names.ts';
export { connectsTo, httpsOut } from '../model/service.ts';
export { declareSettings } from '../model/settings/own-settings.ts';
