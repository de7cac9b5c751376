export { default } from '@portolan-delivery/portolan/pulumi';
