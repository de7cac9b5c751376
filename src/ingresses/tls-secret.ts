import type { Place } from '../constructs/place.ts';
import { certificateSecret } from '../model/names.ts';
import type { Tls } from '../model/network/ingress.ts';

/** Name of the Secret that an application's hosts are answered with. */
export const tlsSecret = (place: Place, tls: Tls): string =>
  tls.kind === 'certManager'
    ? certificateSecret(place.environment, place.application)
    : place.credential(tls.credential, `environments.${place.environment.name}.ingress.tls`).secretName;
