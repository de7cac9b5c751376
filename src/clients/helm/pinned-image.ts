import type { KubernetesObject } from '../../model/application.ts';
import { imageParts } from '../../objects/pods/image-reference.ts';
import type { ChartFacts } from './chart-facts.ts';

/** Every reference of an image of a repository, wherever it stands. */
function referencesIn(value: unknown, repository: string): readonly string[] {
  if (typeof value === 'string') return imageParts(value).repository === repository ? [value] : [];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((item: unknown) => referencesIn(item, repository))
    : [];
}

/**
 * Why a chart does not say one version of the program in it: its `appVersion` and the image that it runs; nothing where it does.
 *
 * @param repository - of the image
 */
export function pinnedElse(
  objects: readonly KubernetesObject[],
  { version, appVersion }: ChartFacts,
  repository: string,
): string | undefined {
  const references = [...new Set(objects.flatMap((object) => referencesIn(object, repository)))];
  if (references.length === 0)
    return `of version ${version} runs no image of ${repository}, whose version it is to say; take pins away, or mend its values`;
  if (appVersion === undefined) return `of version ${version} says no appVersion, which is to be the tag of its image`;
  const [other] = references.filter((reference) => imageParts(reference).tag !== appVersion);
  return other === undefined
    ? undefined
    : `of version ${version} says appVersion ${appVersion}, and runs ${other}; make a chart that says one version, or take away what sets the tag in values`;
}
