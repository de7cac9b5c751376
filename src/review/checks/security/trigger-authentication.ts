import { everyHost } from '../../../hosts/hosts.ts';
import { foundAt, type Check } from '../../../objects/check.ts';
import { fieldsOf, placesOf, textOf, valueAt, type Fields } from '../../../objects/fields.ts';

/** Interceptors that check a signature: those of the hosts, and of others that no plug-in is there for. */
const signed: ReadonlySet<string> = new Set([
  ...everyHost.flatMap(({ interceptor }) => interceptor ?? []),
  'gitlab',
  'bitbucket',
]);

/** Whoever calls a webhook proves who they are: listeners of Tekton and receivers and providers of Flux carry a secret. */
export const triggerAuthentication: Check = {
  name: 'trigger-authentication',
  find({ objects }, report) {
    for (const rendered of objects.ofKind('EventListener.triggers.tekton.dev')) {
      for (const { fields, path } of placesOf(valueAt(rendered.object, 'spec', 'triggers'), 'spec.triggers')) {
        if (placesOf(fields['interceptors'], '').some((interceptor) => checksSignature(interceptor.fields))) continue;
        report(
          foundAt(
            rendered,
            `${path}.interceptors`,
            'anybody who reaches the listener can start the pipeline; add an interceptor that checks a signature with a declared credential',
          ),
        );
      }
    }
    for (const rendered of objects.ofKind('Receiver.notification.toolkit.fluxcd.io')) {
      if (textOf(valueAt(rendered.object, 'spec', 'secretRef', 'name')) !== undefined) continue;
      report(
        foundAt(
          rendered,
          'spec.secretRef',
          'anybody who reaches the receiver can start a reconciliation; name the Secret of a declared credential',
        ),
      );
    }
    for (const rendered of objects.ofKind('Provider.notification.toolkit.fluxcd.io')) {
      if (valueAt(rendered.object, 'spec', 'type') !== 'generic') continue;
      report(
        foundAt(
          rendered,
          'spec.type',
          'the receiver cannot tell who sent the event; write "generic-hmac" and name the Secret of a declared credential, got "generic"',
        ),
      );
    }
  },
};

function checksSignature(interceptor: Fields): boolean {
  const name = textOf(valueAt(interceptor, 'ref', 'name')) ?? '';
  if (interceptor['webhook'] !== undefined) return true;
  const params = placesOf(interceptor['params'], '').some(({ fields }) => fields['name'] === 'secretRef');
  const old = [...signed].some((kind) => fieldsOf(interceptor[kind])['secretRef'] !== undefined);
  return (
    (signed.has(name) && params) ||
    old ||
    (name === 'cel' && comparesSecret(interceptor)) ||
    (name !== '' && !signed.has(name) && name !== 'cel')
  );
}

/** Whether an expression lets nothing through that does not say what a Secret holds: what stands beside it narrows, and opens no other way. */
function comparesSecret(interceptor: Fields): boolean {
  const filters = placesOf(interceptor['params'], '').flatMap(({ fields }) =>
    fields['name'] === 'filter' ? [textOf(fields['value']) ?? ''] : [],
  );
  return filters.some(
    (filter) =>
      !/\|\||\?/.test(filter) &&
      filter.split('&&').some((part) => /^\s*[^!\s].*\.compareSecret\([^()]*\)\s*$/.test(part)),
  );
}
