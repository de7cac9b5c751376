import { foundAt, type Check } from '../../../objects/check.ts';
import { portsOfMadeService } from '../../../objects/traffic/made-services.ts';
import { hasPort, portNames } from '../../../objects/traffic/service-ports.ts';
import { servicesNamedBy } from '../../../ingresses/ingresses.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';

/** Every Service that a route or a StatefulSet names is there, with the port; else requests end in 404 or 503. */
export const services: Check = {
  name: 'services',
  inObject(rendered, report, { whole }) {
    const named = servicesNamedBy(rendered);
    if (named.length === 0) return;
    const { objects } = whole();
    for (const { name, namespace, port, field, portField } of named) {
      const where = namespace ?? objects.namespaceOf(rendered.object);
      const service = objects.find('Service', name, where);
      const made = service === undefined ? portsOfMadeService(objects, name, where) : undefined;
      if (made !== undefined) {
        if (port === undefined || made.includes(port)) continue;
        report(
          foundAt(
            rendered,
            portField,
            `Service "${name}" has no port ${port}; ${suggestion(String(port), made.map(String))}`,
          ),
        );
      } else if (service === undefined) {
        report(
          foundAt(
            rendered,
            field,
            `there is no Service "${name}" in this environment; ${suggestion(name, objects.namesOf('Service', where))}`,
          ),
        );
      } else if (port !== undefined && !hasPort(service, port)) {
        report(
          foundAt(
            rendered,
            portField,
            `Service "${name}" has no port ${port}; ${suggestion(String(port), portNames(service))}`,
          ),
        );
      }
    }
  },
};
