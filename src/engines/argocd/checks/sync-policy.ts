import { stageOf } from '../../../model/delivery.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';
import { argoApplicationName } from '../../../model/names.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { fieldsOf, itemsOf, textsOf, valueAt } from '../../../objects/fields.ts';
import { onlyDiffering } from '../settings.ts';

const options = ['spec', 'syncPolicy', 'syncOptions'] as const;

/**
 * An Argo CD Application does what its stage says: it prunes and heals, gives up a failing sync for the commit that mends
 * it, and takes its objects along when it is deleted.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/
 */
export const syncPolicy: Check = {
  name: 'sync-policy',
  find({ delivery, environment, objects }, report) {
    const stages = new Map(
      environment.applications.map((application) => [
        argoApplicationName(delivery, environment, application),
        stageOf(delivery, environment.name, application.name),
      ]),
    );
    for (const rendered of objects.ofKind('Application.argoproj.io')) {
      const engine = stages.get(rendered.object.metadata.name)?.engine;
      if (engine?.kind !== 'argocd') continue;
      const automated = fieldsOf(valueAt(rendered.object, 'spec', 'syncPolicy', 'automated'));
      for (const field of ['prune', 'selfHeal'] as const) {
        const given = automated[field] ?? false;
        if (given !== engine[field])
          report(
            foundAt(
              rendered,
              `spec.syncPolicy.automated.${field}`,
              `the stage says ${engine[field]}; write that, got ${JSON.stringify(given)}`,
            ),
          );
      }
      if (engine.applyOutOfSyncOnly !== true && textsOf(valueAt(rendered.object, ...options)).includes(onlyDiffering))
        report(
          foundAt(
            rendered,
            options.join('.'),
            `the stage does not say applyOutOfSyncOnly; say it, or remove ${onlyDiffering}`,
          ),
        );
      reportRest(rendered, objects.ofKind('Namespace').length > 0, report);
    }
  },
};

function reportRest(rendered: RenderedObject, hasNamespace: boolean, report: Report): void {
  const { object } = rendered;
  if (valueAt(object, 'spec', 'syncPolicy', 'retry', 'refresh') !== true) {
    report(
      foundAt(
        rendered,
        'spec.syncPolicy.retry.refresh',
        'a failing sync is tried again without the commit that mends it; write true',
      ),
    );
  }
  const finalizers = itemsOf(valueAt(object, 'metadata', 'finalizers'));
  if (
    !finalizers.some(
      (finalizer) => typeof finalizer === 'string' && finalizer.startsWith('resources-finalizer.argocd.argoproj.io'),
    )
  ) {
    report(
      foundAt(
        rendered,
        'metadata.finalizers',
        'deleting the Application leaves everything it made; write "resources-finalizer.argocd.argoproj.io/foreground"',
      ),
    );
  }
  if (hasNamespace && textsOf(valueAt(object, ...options)).includes('CreateNamespace=true')) {
    report(
      foundAt(
        rendered,
        options.join('.'),
        'the namespace is made by bootstrap/ with its labels; remove CreateNamespace=true',
      ),
    );
  }
}
