import { stageOf } from '../../../model/delivery.ts';
import { kustomizationName } from '../../../model/names.ts';
import { foundAt, type Check, type Report } from '../../../objects/check.ts';
import { textOf, valueAt } from '../../../objects/fields.ts';
import type { RenderedObject } from '../../../objects/rendered-object.ts';

/**
 * A Kustomization does what its stage says: it prunes, waits until what it applied is healthy, gives up in time, applies as an account
 * with few rights, and makes nothing anew that runs.
 *
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
 */
export const kustomizationPolicy: Check = {
  name: 'kustomization-policy',
  find({ delivery, environment, objects }, report) {
    const stages = new Map(
      environment.applications.map((application) => [
        kustomizationName(delivery, environment, application),
        stageOf(delivery, environment.name, application.name),
      ]),
    );
    for (const rendered of objects.ofKind('Kustomization.kustomize.toolkit.fluxcd.io')) {
      const engine = stages.get(rendered.object.metadata.name)?.engine;
      const prune = valueAt(rendered.object, 'spec', 'prune') ?? false;
      if (engine?.kind === 'flux' && prune !== engine.prune)
        report(
          foundAt(rendered, 'spec.prune', `the stage says ${engine.prune}; write that, got ${JSON.stringify(prune)}`),
        );
      if (engine !== undefined && valueAt(rendered.object, 'spec', 'force') === true)
        report(
          foundAt(
            rendered,
            'spec.force',
            'deletes what cannot change in place, with its data, and makes it anew; write false, and mark the one object that may go with kustomize.toolkit.fluxcd.io/force: enabled',
          ),
        );
      reportRest(rendered, report);
    }
  },
};

function reportRest(rendered: RenderedObject, report: Report): void {
  const spec = valueAt(rendered.object, 'spec');
  if (textOf(valueAt(spec, 'serviceAccountName')) === undefined)
    report(
      foundAt(
        rendered,
        'spec.serviceAccountName',
        'applies with all rights of its controller; name a ServiceAccount that may do what is rendered',
      ),
    );
  if (valueAt(spec, 'wait') !== true && valueAt(spec, 'healthChecks') === undefined)
    report(
      foundAt(rendered, 'spec.wait', 'is Ready as soon as everything is applied, whether it runs or not; write true'),
    );
  if (textOf(valueAt(spec, 'timeout')) === undefined)
    report(
      foundAt(
        rendered,
        'spec.timeout',
        'waits for health as long as its interval is; write how long the slowest start takes, e.g. "5m"',
      ),
    );
}
