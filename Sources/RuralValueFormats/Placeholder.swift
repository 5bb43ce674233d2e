import RuralValue
