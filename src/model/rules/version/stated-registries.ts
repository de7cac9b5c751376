import type { Delivery } from '../../delivery.ts';
import { isImageRepository, isRegistryHost } from '../../formats/image-reference.ts';
import type { Problem } from '../../problem.ts';

/** Registries that images may come from are named by their hosts, as runtimes ask for them. */
export function statedRegistries({ policies }: Delivery): readonly Problem[] {
  const path = 'policies.registries';
  const registries = policies?.registries;
  if (registries?.length === 0)
    return [{ path, message: 'must name at least one registry; leave it out for any', given: registries }];
  return (registries ?? []).flatMap((given, i, all): readonly Problem[] => {
    const [host = ''] = given.split('/');
    if (!isRegistryHost(host) || !isImageRepository(`${given}/image`))
      return [
        { path, message: 'must be the host of a registry, with a folder or without, e.g. "ghcr.io/acme"', given },
      ];
    return all.indexOf(given) === i ? [] : [{ path, message: 'must name each registry once', given }];
  });
}
