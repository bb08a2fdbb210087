package io.savepointd.ledger;

class FakeLedgerTest extends LedgerContract {
  private final FakeLedger.Medium medium = new FakeLedger.Medium();

  @Override
  Ledger tryOpen(String owner) throws LedgerHeld {
    return medium.open(SampleEvents.owner(owner));
  }

  @Override
  void failNextAppend(Ledger ledger, FakeLedger.Failure how) {
    ((FakeLedger) ledger).failNextAppend(how);
  }
}
