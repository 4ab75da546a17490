export { DeskModule } from './desk.module.js';
export { Finder, Finders, type Found } from './finders.js';
export { WaitingWork, type WorkItem, WorkSource } from './waiting-work.js';
