import { fieldsOf, type Fields } from '../fields.ts';

/** Whether the pod says that it runs on Windows, where some controls do not exist. */
export const isWindows = (pod: Fields): boolean => fieldsOf(pod['os'])['name'] === 'windows';
