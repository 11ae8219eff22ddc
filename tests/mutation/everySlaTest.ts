// Every test of time in one file: a mutant costs one start of the modules instead of thirteen. The quick ones come first,
// since a mutant is done with at the first test that notices it.
import '../domain/clocks.test';
import '../domain/slaCaseLedger.test';
import '../domain/slaClock.test';
import '../domain/slaConformance.test';
import '../domain/slaLedger.test';
import '../domain/slaTerms.test';
import '../domain/slaZone.test';
import '../domain/slaInvariants.test';
import '../domain/slaStorm.test';
import '../domain/slaCalendar.test';
import '../domain/slaHistoryDifferential.test';
import '../domain/slaWalkDifferential.test';
import '../domain/clocksProperty.test';
