import type { Check } from '../../../objects/check.ts';
import { lostHosts } from '../../../objects/traffic/host-references.ts';
import { suggestion } from '../../../objects/names/suggestion.ts';

/** Every host that the model writes into a string is a Service at run time, also where the program adds the prefix itself. */
export const hosts: Check = {
  name: 'hosts',
  find({ environment, objects }, report) {
    const said = new Set<string>();
    for (const { reference, host, construct, object, field } of lostHosts(environment, objects)) {
      const known = objects.namesOf('Service');
      const message =
        host === undefined
          ? `refers to "${reference.of}", which is no service or database of the application${reference.application === undefined ? '' : ` ${reference.application}`}`
          : reference.kind === 'unprefixedHost'
            ? `the program asks for the host "${host}" at run time, because it puts the namespace in front, and there is no such Service; make namespace and name prefix agree, or ${suggestion(host, known)}`
            : `there is no Service "${host}" in this environment; ${suggestion(host, known)}`;
      // A host and its port are two references to one Service.
      const line = `${object} ${field} ${message}`;
      if (!said.has(line)) report({ construct, object, field, message });
      said.add(line);
    }
  },
};
