import type * as pulumi from '@pulumi/pulumi';

/**
 * That deleting a repository deletes what is inside, so Pulumi only forgets it.
 *
 * Not so inside a protected repository: a refused `pulumi destroy` would forget rules that are still there, and the next
 * update could not make them again, because their names are taken.
 */
export const goneWith = (
  repository: pulumi.Resource,
  isProtected: boolean,
): Pick<pulumi.CustomResourceOptions, 'deletedWith'> => (isProtected ? {} : { deletedWith: repository });
