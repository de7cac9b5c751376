import { foundAt, type Check } from '../../../../objects/check.ts';
import { textOf } from '../../../../objects/fields.ts';

/** Pod Security, /proc mount type: the parts of /proc that the runtime hides stay hidden. */
export const procMount: Check = {
  name: 'proc-mount',
  inContainer({ security, path, title }, { rendered }, report) {
    const type = textOf(security['procMount']);
    if (type !== undefined && type !== 'Default')
      report(
        foundAt(
          rendered,
          `${path}.securityContext.procMount`,
          `${title} sees hidden parts of /proc; write "Default" or nothing, got "${type}"`,
        ),
      );
  },
};
